// Exports of this package: none yet.
export {};
