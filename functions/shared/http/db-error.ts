/** What orders, stock and payment say with 400 where others say 500: an error of theirs, whatever it was. */
export const DB_ERROR = 'DB error';
