// The behaviours of every page. Each page works without them.
import "htmx.org/dist/htmx.esm.js";
import { charts } from "./figures.js";
import { exam } from "./exam.js";
import { forms } from "./forms.js";
import { keys } from "./keys.js";
import { popups } from "./popups.js";
import { rows } from "./rows.js";
import { said } from "./said.js";
import { settleAll, shown } from "./shown.js";
import { tables } from "./tables.js";

// What watches the whole document starts once; what prepares elements runs again on everything htmx brings in.
forms(document);
keys(document);
popups(document);
rows(document);
said(document);
shown(document);
exam(document);
const prepare = (root) => {
  settleAll(root);
  tables(root);
  charts(root);
};
prepare(document);
document.addEventListener("htmx:load", (event) => prepare(event.target));
