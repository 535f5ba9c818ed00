export { availableDrivers, type DriverName } from "./driver.js";
export { schemaVersion } from "./schema.js";
export * from "./store.js";
export { StoreFault } from "./store-fault.js";
