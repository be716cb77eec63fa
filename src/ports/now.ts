/** Epoch milliseconds. */
export type Now = () => number;
