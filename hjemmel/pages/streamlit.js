// Streamlit speaks English: what it draws itself is given the words of the page's language as soon as it is drawn.
const NAMED = ["aria-label", "aria-valuetext", "placeholder"];
const SAID = [
  "[data-testid=InputInstructions]", "[data-testid=stSelectboxVirtualDropdown]", "[data-testid=stMultiSelectDropdown]",
  "[data-testid=stFileUploaderDropzone] button", "[data-testid=stStatusWidget]", "[data-placeholder]", "[role=dialog]",
  "[data-testid=stTopNavSection]", "[data-testid=stSkipToContent]",
].join(",");

export default function ({ data }) {
  const whole = new Map(data.whole);
  const instead = (words) => {
    if (whole.has(words)) return whole.get(words);
    const [begun, begin] = data.begins.find(([one]) => words.startsWith(one)) || [];
    if (begun !== undefined) return begin + words.slice(begun.length);
    const [ended, end] = data.ends.find(([one]) => words.endsWith(one) && /^\d+$/.test(words.slice(0, -one.length))) || [];
    return ended === undefined ? words : words.slice(0, -ended.length) + end;
  };
  const speak = () => {
    for (const name of NAMED) {
      for (const one of document.querySelectorAll(`[${name}]`)) {
        if (one.closest("[data-testid=stHtml]")) continue;  // ours
        const said = one.getAttribute(name), told = instead(said);
        if (told !== said) one.setAttribute(name, told);
      }
    }
    for (const place of document.querySelectorAll(SAID)) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const said = texts.currentNode.nodeValue, told = instead(said);
        if (told !== said) texts.currentNode.nodeValue = told;
      }
    }
  };
  let asked = 0;
  const soon = () => { asked ||= requestAnimationFrame(() => { asked = 0; speak(); }); };
  const watch = new MutationObserver(soon);
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: NAMED });
  speak();
  return () => watch.disconnect();
}
