// A function whose last argument is left out judges by the scorecard of the workbook. Only this page sees the workbook, so
// the argument is filled in here, before xlwings Server's own function asks the server.
import { cardOfWorkbook } from "./workbook.js";

const data = JSON.parse(document.getElementById("malekort-data").textContent);

function isLeftOut(given) {
  const cell = Array.isArray(given) ? given[0]?.[0] : given;
  return cell == null || cell === "";
}

for (const [name, position] of Object.entries(data.scorecardArguments)) {
  const ask = globalThis[name];
  CustomFunctions.associate(name, async (...given) => {
    // Excel hands over every argument, null for those left out, and at last what it knows of the call.
    if (isLeftOut(given[position])) {
      given[position] = [[await cardOfWorkbook()]];
    }
    return ask(...given);
  });
}
