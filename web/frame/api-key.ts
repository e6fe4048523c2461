// The key of administrative routes, as it was typed in; kept until the tab is closed.
import { storedList, storeList } from './storage.ts';

const storage = () => sessionStorage;
const stored = 'stackyard.api-key';

export const apiKey = (): string | undefined => storedList<string>(storage, stored)[0];
export const keepApiKey = (key: string): void => storeList(storage, stored, [key]);
export const forgetApiKey = (): void => storeList(storage, stored, []);
