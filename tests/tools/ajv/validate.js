// node validate.js AJV-FOLDER SCHEMA-FOLDER DASHBOARD…: prints what is wrong, one finding per line; exit code 1 then.
"use strict";
const fs = require("fs");
const path = require("path");

const [, , ajvFolder, schemaFolder, ...dashboards] = process.argv;
const Ajv = require(path.join(ajvFolder, "node_modules", "ajv"));
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true, formats: { "date-time": true } });
const schemas = {};
for (const name of ["dashboard", "stat", "gauge", "bargauge", "piechart", "table", "timeseries", "prometheus"]) {
  schemas[name] = read(path.join(schemaFolder, name + ".jsonschema.json"));
  if (name === "dashboard") {
    // The schema's generator writes "any" as an object. What Grafana itself saves here are texts and numbers, too: the
    // name of a field that an override is for, and the unit that it gets.
    schemas[name].definitions.MatcherConfig.properties.options = {};
    schemas[name].definitions.DynamicConfigValue.properties.value = {};
  }
  ajv.addSchema(schemas[name], name);
}

const units = new Set();
for (const unit of Object.values(read(path.join(schemaFolder, "units.jsonschema.json")).definitions)) {
  for (const value of unit.enum ?? [unit.const]) units.add(value);
}

let findings = 0;
function report(where, text) {
  findings++;
  console.log(where + ": " + text);
}

function check(reference, value, where) {
  const validate = ajv.getSchema(reference);
  if (!validate) throw new Error("no schema " + reference);
  if (validate(value)) return;
  for (const error of validate.errors) {
    report(where + error.instancePath, error.message + " " + JSON.stringify(error.params));
  }
}

function checkUnit(unit, where) {
  if (unit !== undefined && !units.has(unit)) report(where, "unknown unit " + JSON.stringify(unit));
}

for (const file of dashboards) {
  const dashboard = read(file);
  const name = path.basename(file);
  check("dashboard#/definitions/Dashboard", dashboard, name);
  for (const panel of dashboard.panels ?? []) {
    if (panel.type === "row") continue;
    const where = name + " " + JSON.stringify(panel.title);
    // A panel is one of several kinds there; checked by itself, the findings say what is wrong.
    check("dashboard#/definitions/Panel", panel, where);
    if (!schemas[panel.type]) {
      report(where, "no schema for panels of type " + JSON.stringify(panel.type));
      continue;
    }
    check(panel.type + "#/definitions/Options", panel.options, where + " options");
    const defaults = panel.fieldConfig?.defaults ?? {};
    checkUnit(defaults.unit, where);
    for (const override of panel.fieldConfig?.overrides ?? []) {
      for (const property of override.properties) {
        if (property.id === "unit") checkUnit(property.value, where);
      }
    }
    if (defaults.custom !== undefined) {
      check(panel.type + "#/definitions/FieldConfig", defaults.custom, where + " custom");
    }
    for (const target of panel.targets ?? []) check("prometheus", target, where + " target");
  }
}

process.exit(findings > 0 ? 1 : 0);
