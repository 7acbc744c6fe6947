"""Where Streamlit starts: the pages, and under a server the endpoint's addresses beside them."""

import streamlit as st

if __name__ == "__main__":  # Streamlit runs this file as a script, once for every view of a page
    from hjemmel.pages import show

    show()
else:  # a server imports it once
    from hjemmel.endpoint import mount
    from hjemmel.pages import surroundings

    routes, lifespan = mount()
    app = st.App(__file__, routes=routes, lifespan=lifespan, middleware=surroundings.middleware())
