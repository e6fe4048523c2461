// What both servers answer.
export const BODY = '{"status":"working"}';
