// The ribbon's button: refresh, and show what came of it. The pane's script (malekort/pane.js) runs in the same page.
Office.actions.associate("refresh-scorecard", async (event) => {
  try {
    await Office.addin.showAsTaskpane();
    await globalThis.malekort.refresh();
  } finally {
    event.completed();
  }
});
