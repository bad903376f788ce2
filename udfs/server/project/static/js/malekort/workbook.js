// What the pane and the functions need to know of the open workbook.

// The name in which a workbook keeps the id and the content hash of its scorecard: "nav-buskerud-2009#1f0c".
const CARD = "mk_card";

let asked = null;

/** The workbook's scorecard as `id#hash`; "" where the workbook has none. Asked once, until `forgetCard`. */
export function cardOfWorkbook() {
  asked ??= askForCard().catch((error) => {
    console.error(error);
    asked = null;
    return "";
  });
  return asked;
}

/** Another refresh may follow another version of the workbook. */
export function forgetCard() {
  asked = null;
}

async function askForCard() {
  await Office.onReady();
  return Excel.run(async (context) => {
    const item = context.workbook.names.getItemOrNullObject(CARD);
    item.load("value");
    const range = item.getRangeOrNullObject();
    range.load("values");
    await context.sync();
    if (item.isNullObject) return "";
    // The name stands for a text or for a cell that holds it. A text may come as its formula, ="...".
    const text = String(range.isNullObject ? item.value : range.values[0][0]);
    return text.replace(/^="(.*)"$/, "$1");
  });
}

/** Show a cell and select it; false where that cannot be done. */
export async function goTo(title, cell) {
  try {
    await Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem(title);
      sheet.activate();
      sheet.getRange(cell).select();
      await context.sync();
    });
    return true;
  } catch (error) {
    console.error(error);
    return false;
  }
}
