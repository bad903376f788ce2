// A small stand-in for Office's script: as much of Excel as xlwings Server and the task pane ask for. The open workbook is
// `testWorkbook` (the payload of a script), and what is done with it is noted in `testNotes`.
(() => {
  const book = globalThis.testWorkbook ?? { book: { name: "none.xlsx" }, sheets: [], names: [] };
  const notes = { written: [], selected: [], activated: [], actions: {}, functions: {}, shown: 0 };
  globalThis.testNotes = notes;

  const object = (more) => ({ isNullObject: false, load() { return this; }, ...more });
  const absent = () => object({ isNullObject: true });
  const collection = (items) => object({ items, getItemOrNullObject: () => absent() });

  function range(sheet, address, values) {
    return object({
      address: `'${sheet.name}'!${address}`,
      rowCount: sheet.used_range_row_count,
      columnCount: sheet.used_range_column_count,
      values,
      select() {
        notes.selected.push([sheet.name, address]);
      },
      getSurroundingRegion: () => range(sheet, address, values),
    });
  }

  function held(sheet, address) {
    const [, letters, row] = address.match(/^([A-Z]+)(\d+)$/);
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    return [[sheet.values[row - 1]?.[column - 1] ?? ""]];
  }

  function worksheet(sheet, position) {
    return object({
      name: sheet.name,
      position,
      visibility: sheet.visibility,
      showGridlines: true,
      names: collection([]),
      tables: collection([]),
      charts: collection([]),
      shapes: collection([]),
      pageLayout: { getPrintAreaOrNullObject: absent },
      getUsedRangeOrNullObject: () => range(sheet, sheet.used_range_address, sheet.values),
      getRange: (address) => range(sheet, address, sheet.values),
      getRangeByIndexes: (row, column) => ({
        set values(values) {
          if (globalThis.testLocked) throw new Error("The sheet is protected.");
          notes.written.push({ title: sheet.name, row, column, values });
        },
      }),
      activate() {
        notes.activated.push(sheet.name);
      },
    });
  }

  const sheets = book.sheets.map(worksheet);
  const names = book.names.map((name) =>
    object({
      name: name.name,
      type: name.type,
      formula: name.refers_to,
      value: name.refers_to,
      getRangeOrNullObject() {
        if (name.type !== "Range") return absent();
        const sheet = book.sheets[name.sheet_index];
        const values = name.address.includes(":") ? sheet.values : held(sheet, name.address);
        return Object.assign(range(sheet, name.address, values), { worksheet: sheets[name.sheet_index] });
      },
    }),
  );
  const missing = () => Object.assign(absent(), { getRangeOrNullObject: absent });
  const named = (name) => names.find((each) => each.name === name) ?? missing();
  const workbook = object({
    name: book.book.name,
    application: object({ calculationMode: "Automatic" }),
    names: object({ items: names, getItemOrNullObject: named }),
    worksheets: object({
      items: sheets,
      getItem(name) {
        const found = sheets.find((each) => each.name === name);
        if (!found) throw new Error("ItemNotFound");
        return found;
      },
      getItemOrNullObject: (name) => sheets.find((each) => each.name === name) ?? absent(),
      getActiveWorksheet: () => sheets[0],
    }),
    getSelectedRange: () => range(book.sheets[0], "A1", [[""]]),
  });
  class RequestContext {
    workbook = workbook;
    async sync() {}
  }

  globalThis.Excel = { run: async (work) => work(new RequestContext()), RequestContext, ShapeType: { image: "Image" } };
  globalThis.CustomFunctions = {
    associate(name, work) {
      notes.functions[name] = work;
    },
    ErrorCode: { invalidValue: "#VALUE!" },
    Error: class extends Error {},
  };
  globalThis.Office = {
    async onReady(work) {
      if (globalThis.testSilent) await new Promise(() => {});
      work?.({ host: "Excel" });
      return { host: "Excel" };
    },
    actions: {
      associate(name, work) {
        notes.actions[name] = work;
      },
    },
    addin: {
      async showAsTaskpane() {
        notes.shown += 1;
      },
    },
    context: {
      displayLanguage: globalThis.testLanguage ?? "en-US",
      requirements: { isSetSupported: (name) => name === "CustomFunctionsRuntime" },
    },
  };
})();
