// The picture: things stand where the page has put them, told apart by shape and column as well as by colour.
const WIDEST = 232, NARROWEST = 196, GAP = 56, MARGIN = 8, HEAD = 44, LINE = 46, MOST_LETTERS = 58, ONE_LINE = 32;
const LOOK = {
  act: { shape: "round-rectangle", colour: "#e8eef5", line: "#0b4f8a" },
  provision: { shape: "round-rectangle", colour: "#e8eef5", line: "#0b4f8a" },
  requirement: { shape: "cut-rectangle", colour: "#fdf1d6", line: "#6b4700" },
  clause: { shape: "rectangle", colour: "#ffffff", line: "#1a2733" },
  body: { shape: "ellipse", colour: "#e6f3eb", line: "#17603a" },
};
const LINES = { cites: "dashed", legalBasis: "solid", implements: "solid", contradicts: "solid", describes: "dotted" };

function styles(wide) {
  const text = { "font-family": "Source Sans, sans-serif", color: "#1a2733", "font-size": 12.5 };
  return [
    { selector: "node", style: {
      ...text, label: "data(text)", width: wide, height: "data(height)", "text-valign": "center", "text-halign": "center",
      "text-wrap": "wrap", "text-max-width": wide - 18, "border-width": 1.5,
    } },
    ...Object.entries(LOOK).map(([kind, look]) => ({ selector: `node[kind="${kind}"]`, style: {
      shape: look.shape, "background-color": look.colour, "border-color": look.line,
    } })),
    { selector: "node[kind='body']", style: { "text-max-width": wide - 44 } },
    { selector: "node[kind='head']", style: {
      "background-opacity": 0, "border-width": 0, "font-weight": 600, "font-size": 15, events: "no",
    } },
    { selector: "edge", style: {
      width: 1.2, "line-color": "#8a96a1", "target-arrow-color": "#8a96a1", "target-arrow-shape": "triangle", "arrow-scale": 0.8,
      "curve-style": "bezier", events: "no",
    } },
    ...Object.entries(LINES).map(([kind, line]) => ({ selector: `edge[kind="${kind}"]`, style: { "line-style": line } })),
    { selector: "edge[kind='contradicts']", style: { "line-color": "#8c1620", "target-arrow-color": "#8c1620", width: 3 } },
    // A line leaves a box at the side that faces the other one.
    { selector: "edge[side > 0]", style: { "source-endpoint": "50% 0", "target-endpoint": "-50% 0" } },
    { selector: "edge[side < 0]", style: { "source-endpoint": "-50% 0", "target-endpoint": "50% 0" } },
    { selector: ".far", style: { opacity: 0.18 } },
    { selector: "edge.near", style: {
      "line-color": "#0b4f8a", "target-arrow-color": "#0b4f8a", width: 2.2, label: "data(label)", ...text, "font-size": 11,
      "text-background-color": "#fff", "text-background-opacity": 0.9, "text-background-padding": 2,
    } },
    { selector: "node.near", style: { "border-width": 3 } },
  ];
}

function elements(data, line, wide) {
  const x = (at) => MARGIN + wide / 2 + at * (wide + GAP);
  const used = [...new Set(data.nodes.map((node) => node.column))].sort();
  const column = new Map(data.nodes.map((node) => [node.id, node.column]));
  const place = new Map(used.map((one, at) => [one, x(at)]));
  return [
    ...used.map((at) => ({
      data: { id: `head ${at}`, kind: "head", text: data.columns[at], height: 24 },
      position: { x: place.get(at), y: HEAD / 2 },
    })),
    ...data.nodes.map((node) => ({
      data: { ...node, text: short(node), height: line - 9 },
      position: { x: place.get(node.column), y: HEAD + (node.row + 0.5) * line },
    })),
    ...data.edges.map((edge) => ({ data: { ...edge, side: column.get(edge.target) - column.get(edge.source) } })),
  ];
}

// Among several documents the second line and the third are the document's.
function short({ label, where, kind }) {
  const most = where ? ONE_LINE : kind === "body" ? MOST_LETTERS - 16 : MOST_LETTERS;
  const cut = label.length > most ? `${label.slice(0, most - 1).trimEnd()}…` : label;
  return where ? `${cut}\n${where}` : cut;
}

function open(href) {
  if (!href.startsWith("./")) { window.location.assign(new URL(href, document.baseURI)); return; }
  history.pushState(null, "", href);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

export default function ({ parentElement, data }) {
  const told = JSON.stringify(data);
  if (parentElement.told === told) return;
  parentElement.told = told;
  parentElement.picture?.destroy();
  const line = data.nodes.some((node) => node.where) ? 1.35 * LINE : LINE;
  const columns = new Set(data.nodes.map((node) => node.column)).size;
  // Boxes are a little narrower where that saves the reader from scrolling sideways.
  const room = (parentElement.querySelector(".place").clientWidth - 2 - 2 * MARGIN - (columns - 1) * GAP) / columns;
  const wide = Math.max(NARROWEST, Math.min(WIDEST, room || WIDEST));
  const size = { width: 2 * MARGIN + columns * wide + (columns - 1) * GAP, height: HEAD + data.rows * line + MARGIN };
  const frame = document.createElement("div");
  frame.className = "frame";
  frame.tabIndex = 0;
  frame.setAttribute("role", "img");
  frame.setAttribute("aria-label", data.about);
  const canvas = document.createElement("div");
  canvas.style.position = "relative";
  canvas.style.width = `${size.width}px`;
  canvas.style.height = `${size.height}px`;
  frame.append(canvas);
  const button = document.createElement("button");
  button.textContent = data.png;
  parentElement.querySelector(".place").replaceChildren(frame, button);

  const picture = globalThis.cytoscape({
    container: canvas, elements: elements(data, line, wide), style: styles(wide), layout: { name: "preset", fit: false },
    zoom: 1, pan: { x: 0, y: 0 }, userZoomingEnabled: false, userPanningEnabled: false, boxSelectionEnabled: false,
    autoungrabify: true, autounselectify: true,
  });
  parentElement.picture = picture;
  // It remembers where on the page it stands, which is not where it stands when something above it has come late.
  for (const event of ["pointerenter", "pointerdown"]) frame.addEventListener(event, () => picture.resize());
  picture.on("tap", "node", (event) => open(event.target.data("href")));
  picture.on("mouseover", "node", (event) => {
    const near = event.target.closedNeighborhood();
    picture.elements("[kind != 'head']").not(near).addClass("far");
    near.addClass("near");
    canvas.style.cursor = "pointer";
    canvas.title = event.target.data("label");
  });
  picture.on("mouseout", "node", () => {
    picture.elements().removeClass("near far");
    canvas.style.cursor = "";
    canvas.title = "";
  });
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture.png({ output: "blob", full: true, scale: 2, bg: "#ffffff" }));
    link.download = "hjemmel.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}
