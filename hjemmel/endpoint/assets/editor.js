// The editor at /sparql and in the app: colours, suggestions, the answer as a table. What comes from the graph is only
// ever set as text. `root` is the document, or what stands for it in the app.
"use strict";

function editor(root) {
  const form = root.getElementById("ask");
  const area = root.getElementById("query");
  const coloured = root.getElementById("coloured");
  const list = root.getElementById("words");
  const state = root.getElementById("state");
  const result = root.getElementById("result");
  const downloads = root.getElementById("downloads");
  const say = JSON.parse(form.dataset.texts);
  const prefixes = JSON.parse(form.dataset.prefixes);
  const address = new URL(form.dataset.address, location.href).href;
  const MOST_SHOWN = 1000;

  const KEYWORDS = ("ADD ALL AS ASC ASK AVG BASE BIND BOUND BY COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DESC DESCRIBE DISTINCT " +
    "EXISTS FILTER FROM GRAPH GROUP GROUP_CONCAT HAVING IF IN IRI LANG LANGMATCHES LCASE LIMIT MAX MIN MINUS NAMED NOT OFFSET " +
    "OPTIONAL ORDER PREFIX REDUCED REGEX REPLACE SAMPLE SELECT SEPARATOR STR STRAFTER STRBEFORE STRENDS STRLEN STRSTARTS SUBSTR SUM " +
    "UCASE UNDEF UNION VALUES WHERE YEAR").split(" ");
  const TOKENS = new RegExp(
    [
      "(?<comment>#[^\\n]*)",
      "(?<iri><[^<>\\s\"{}|^`\\\\]*>)",
      "(?<string>\"{3}[^]*?\"{3}|'{3}[^]*?'{3}|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')",
      "(?<variable>[?$]\\w+)",
      "(?<name>[A-Za-z][\\w-]*:[\\w.-]*|:[\\w.-]+)",
      "(?<number>\\b\\d+(?:\\.\\d+)?\\b)",
      `(?<keyword>\\b(?:${KEYWORDS.join("|")})\\b)`,
    ].join("|"),
    "giu",
  );
  const words = [
    ...JSON.parse(form.dataset.words).map((word) => ({ text: word.name, label: word.label })),
    ...KEYWORDS.map((text) => ({ text, label: "" })),
  ];

  function colour() {
    coloured.replaceChildren();
    let last = 0;
    for (const found of area.value.matchAll(TOKENS)) {
      const kind = Object.keys(found.groups).find((name) => found.groups[name] !== undefined);
      coloured.append(area.value.slice(last, found.index), element("span", found[0], `t-${kind}`));
      last = found.index + found[0].length;
    }
    coloured.append(area.value.slice(last) + "\n");
    coloured.scrollTop = area.scrollTop;
  }

  function element(name, text = "", kind = "") {
    const made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  // Suggestions

  let chosen = 0;
  const begun = () => /[?$]?[\w:.-]*$/.exec(area.value.slice(0, area.selectionStart))[0];

  function suggest(asked) {
    const start = begun().toLowerCase();
    const wanted = asked || /^[a-z]+:/.test(start);
    const found = wanted && !/^[?$]/.test(start)
      ? words.filter((word) => word.text.toLowerCase().startsWith(start) || (start.length > 3 && word.label.toLowerCase().includes(start.replace(/^hj:/, "")))).slice(0, 50)
      : [];
    list.replaceChildren(...found.map((word, place) => {
      const option = element("li", word.text);
      option.id = `word-${place}`;
      option.setAttribute("role", "option");
      if (word.label) option.append(element("small", word.label));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(place); complete(); });
      return option;
    }));
    list.hidden = found.length === 0;
    if (found.length) choose(0); else area.removeAttribute("aria-activedescendant");
  }

  function choose(place) {
    const options = [...list.children];
    chosen = (place + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    options[chosen].scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function complete() {
    const end = area.selectionStart;
    area.setRangeText(list.children[chosen].firstChild.data, end - begun().length, end, "end");
    close();
    colour();
  }

  function close() {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  }

  area.addEventListener("input", () => { colour(); suggest(false); command(); });
  area.addEventListener("scroll", () => { coloured.scrollTop = area.scrollTop; });
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); form.requestSubmit(); }
    else if (event.ctrlKey && event.key === " ") { event.preventDefault(); suggest(true); }
    else if (open && event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (open && event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
    else if (open && event.key === "Enter") { event.preventDefault(); complete(); }
    else if (open && event.key === "Escape") { event.preventDefault(); close(); }
  });

  root.getElementById("example").addEventListener("change", (event) => {
    const query = event.target.selectedOptions[0].dataset.query;
    if (query) { area.value = query; colour(); command(); }
  });

  // The answer

  let running = null;
  root.getElementById("stop").addEventListener("click", () => running?.abort());

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    running?.abort();
    running = new AbortController();
    const mine = running;
    busy(true);
    tell(say.running);
    result.hidden = downloads.hidden = true;
    history.replaceState(null, "", `?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(location.search)), query: area.value })}`);
    try {
      const response = await send("application/sparql-results+json, text/turtle", mine.signal);
      const body = await response.text();
      if (mine !== running) return;
      if (!response.ok) {
        const problem = JSON.parse(body);
        tell(problem.detail, true);
      } else if (response.headers.get("Content-Type").includes("json")) {
        table(JSON.parse(body));
      } else {
        show(element("pre", body, "code"));
        tell("");
        offer(["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]);
      }
    } catch (error) {
      if (mine === running) tell(error.name === "AbortError" ? say.stopped : say["no-answer"], error.name !== "AbortError");
    } finally {
      if (mine === running) busy(false);
    }
  });

  const send = (accept, signal) => fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: area.value,
    signal,
  });

  function busy(now) {
    root.getElementById("run").disabled = now;
    root.getElementById("stop").disabled = !now;
  }

  function tell(text, wrong = false) {
    state.textContent = text;
    state.className = wrong ? "wrong" : "";
  }

  function show(node) {
    result.replaceChildren(node);
    result.hidden = false;
  }

  function table(answer) {
    if ("boolean" in answer) {
      tell(answer.boolean ? say.yes : say.no);
      offer(["application/sparql-results+json", "application/sparql-results+xml"]);
      return;
    }
    const rows = answer.results.bindings;
    const names = answer.head.vars;
    const shown = rows.length > MOST_SHOWN ? ` ${say.shown.replace("{n}", MOST_SHOWN)}` : "";
    tell(rows.length ? `${rows.length} ${say.rows}.${shown}` : say["no-rows"]);
    if (!rows.length) return;
    const made = element("table");
    const head = made.createTHead().insertRow();
    for (const name of names) {
      const cell = element("th", name);
      cell.scope = "col";
      head.append(cell);
    }
    const body = made.createTBody();
    for (const row of rows.slice(0, MOST_SHOWN)) {
      const line = body.insertRow();
      for (const name of names) line.insertCell().append(row[name] ? term(row[name]) : "");
    }
    show(made);
    offer(["text/csv", "text/tab-separated-values", "application/sparql-results+json", "application/sparql-results+xml"], answer);
  }

  function term(found) {
    if (found.type !== "uri" || !/^https?:\/\//i.test(found.value)) {
      const text = element("span", found.value);
      if (found["xml:lang"]) text.lang = found["xml:lang"];
      return text;
    }
    const [name, space] = Object.entries(prefixes).find(([, space]) => found.value.startsWith(space)) ?? ["", ""];
    const link = element("a", space ? `${name}:${found.value.slice(space.length)}` : found.value);
    link.href = found.value.startsWith(prefixes.id) ? form.dataset.things + found.value.slice(prefixes.id.length) : found.value;
    link.rel = "noreferrer noopener";
    return link;
  }

  const ENDINGS = {
    "text/csv": "csv", "text/tab-separated-values": "tsv", "application/sparql-results+json": "srj", "application/sparql-results+xml": "srx",
    "text/turtle": "ttl", "application/n-triples": "nt", "application/rdf+xml": "rdf", "application/ld+json": "jsonld",
  };

  function offer(medias, answer = null) {
    const buttons = medias.map((media) => button(ENDINGS[media].toUpperCase(), async () => {
      const response = await send(media);
      if (response.ok) save(await response.blob(), ENDINGS[media]);
      else tell((await response.json()).detail, true);
    }));
    if (answer) buttons.push(button(say.sheet, () => save(new Blob(["\ufeff", sheet(answer)], { type: "text/csv" }), "csv")));
    downloads.querySelector(".buttons").replaceChildren(...buttons);
    downloads.hidden = false;
  }

  function button(text, act) {
    const made = element("button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  // A spreadsheet runs what begins like a formula; with a sign before it, it is text.
  function sheet(answer) {
    const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
    const line = (texts) => texts.map(cell).join(";");
    const names = answer.head.vars;
    return [line(names), ...answer.results.bindings.map((row) => line(names.map((name) => row[name]?.value ?? "")))].join("\r\n");
  }

  function save(blob, ending) {
    const link = element("a");
    link.href = URL.createObjectURL(blob);
    link.download = `hjemmel.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function command() {
    const quoted = area.value.replaceAll("'", "'\\''");
    root.getElementById("curl").textContent = `curl '${address}' -H 'Accept: text/csv' --data-urlencode 'query=${quoted}'`;
  }

  form.querySelector(".editor").classList.add("coloured");
  colour();
  command();
  if (new URLSearchParams(location.search).get("query")) form.requestSubmit();
}

if (document.getElementById("ask")) editor(document);
