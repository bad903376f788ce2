// The task pane: one button, and what came of it. Whatever the server tells is put in as text, never as HTML, for some of it
// was typed into cells by others.
import { cardOfWorkbook, forgetCard, goTo } from "./workbook.js";

const data = JSON.parse(document.getElementById("malekort-data").textContent);
const $ = (id) => document.getElementById(id);

let words = data.words.en;
let isTold = false;

/** Speak a language; where it is none of ours, English. */
function speak(language) {
  words = data.words[language] ?? data.words.en;
  document.documentElement.lang = language in data.words ? language : "en";
  $("refresh").textContent = words.refresh;
  $("statuses-heading").textContent = words.statuses;
  $("problems-heading").textContent = words.problems;
  for (const [place, word] of Object.entries(words.ofServer)) {
    document.querySelector(place)?.replaceChildren(word);
  }
}

/** Our language for one such as nb-NO; nn and no are read by those who read nb. */
function languageOf(locale) {
  const language = (locale ?? "").split("-")[0].toLowerCase();
  return { no: "nb", nn: "nb" }[language] ?? language;
}

/** Before anything is told: the language of the workbook's scorecard, else that of Excel. */
async function languageAtFirst() {
  const card = (await cardOfWorkbook()).split("#")[0];
  return data.languages[card] ?? languageOf(Office.context.displayLanguage);
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function statusItem(status) {
  const item = element("li", "card", "");
  item.dataset.status = status.status;
  const head = element("div", "head", "");
  const symbol = element("span", "symbol", status.symbol);
  symbol.setAttribute("aria-hidden", "true");
  head.append(symbol, element("span", "number", status.number), element("span", "word", status.word));
  head.append(element("span", "result", status.result));
  item.append(head, element("p", "title", status.title), element("p", "why", status.why));
  if (status.now) item.append(element("p", "now", status.now));
  return item;
}

function problemItem(problem) {
  const item = element("li", "card", "");
  item.dataset.severity = problem.severity;
  const head = element("div", "head", "");
  const symbol = element("span", "symbol", problem.symbol);
  symbol.setAttribute("aria-hidden", "true");
  head.append(symbol, element("span", "word", problem.word), element("span", "subject", problem.subject));
  item.append(head, element("p", "found", problem.found));
  if (problem.fix) item.append(element("p", "fix", problem.fix));
  if (problem.place) item.append(jumpButton(problem));
  return item;
}

function jumpButton(problem) {
  const button = element("button", "jump", "");
  button.type = "button";
  button.append(element("span", "place", problem.place), element("span", "go", words.jump));
  button.addEventListener("click", async () => {
    const isThere = await goTo(problem.sheet, problem.cell);
    $("said").textContent = isThere ? "" : words.unreachable.replace("{place}", problem.place);
  });
  return button;
}

function fill(section, items) {
  section.querySelector("ul").replaceChildren(...items);
}

function showTrouble(what, again, reason) {
  $("trouble-what").textContent = what;
  $("trouble-again").textContent = again;
  $("trouble-reason").textContent = reason;
  $("trouble").hidden = false;
}

/** How many problems there are; they stand below all statuses, so it leads there. */
function summary(told) {
  if (told.problems.length === 0) return element("span", "", told.counts);
  const link = element("a", "", told.counts);
  link.href = "#problems";
  return link;
}

/** Called by the server's script among the cells that it writes, so its name must stay. */
function showScorecard(context, told) {
  isTold = true;
  speak(told.language);
  $("heading").textContent = told.heading ?? "";
  $("heading").hidden = !told.heading;
  fill($("statuses"), told.statuses.map(statusItem));
  $("statuses").hidden = told.statuses.length === 0;
  fill($("problems"), told.problems.map(problemItem));
  $("problems").hidden = Boolean(told.refused) && told.problems.length === 0;
  $("counts").textContent = told.counts;
  $("said").replaceChildren(...(told.refused ? [] : [summary(told)]));
  if (told.refused) showTrouble(told.refused, "", "");
}

function forgetWhatWasTold() {
  isTold = false;
  for (const id of ["heading", "trouble", "statuses", "problems"]) $(id).hidden = true;
}

/** Refresh the open workbook and show what came of it. */
async function refresh() {
  const button = $("refresh");
  if (button.getAttribute("aria-disabled") === "true") return;
  forgetWhatWasTold();
  forgetCard();
  // Not `disabled`, which would take the focus away from who works by keyboard.
  button.setAttribute("aria-disabled", "true");
  $("said").textContent = words.working;
  try {
    const signedIn = await globalThis.getAuth();
    // What goes wrong here is not raised: xlwings Server writes it into this alert of its page.
    $("global-error-alert").querySelector("span").textContent = "";
    await xlwings.runPython({
      scriptName: "refresh",
      auth: signedIn.token,
      headers: { "Auth-Provider": signedIn.provider },
      errorDisplayMode: "taskpane",
      args: [document.documentElement.lang],
    });
    const reason = $("global-error-alert").querySelector("span").textContent;
    if (reason || !isTold) fail(reason);
  } catch (error) {
    console.error(error);
    fail(error.message ?? String(error));
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

function fail(reason) {
  forgetWhatWasTold();
  $("said").textContent = "";
  showTrouble(words.failed, words.again, reason);
}

globalThis.malekort = { refresh };
xlwings.registerCallback(showScorecard);
document.title = document.querySelector("h1").textContent;
speak(languageOf(navigator.language));
await Office.onReady();
speak(await languageAtFirst());
$("said").textContent = words.idle;
$("refresh").addEventListener("click", refresh);
$("refresh").disabled = false;
