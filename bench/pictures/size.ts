// What every picture is made into.
export const SIZE = { width: 400, height: 300 };
