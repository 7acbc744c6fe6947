"""The dialog in which a person decides, as a browser sees it."""

from playwright.sync_api import Page, expect


def reject(page: Page, reason: str) -> None:
    """Say in the open dialog, as a legal adviser, that what the machine suggests is wrong."""
    form = page.get_by_role("dialog")
    form.get_by_text("Det er feil").click()
    form.get_by_role("textbox", name="Begrunnelse").fill(reason)
    form.get_by_role("combobox", name="Rolle").fill("juridisk")
    page.get_by_role("option", name="juridisk rådgiver").click()
    form.get_by_role("button", name="Lagre vurderingen").click()
    expect(form).to_be_hidden()
