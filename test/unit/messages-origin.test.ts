// Pages of other sites may not open our WebSocket in their visitors' names; our own pages and programs may.
import { expect, test } from 'vitest';
import { isOwnPageOrProgram } from '../../functions/messages/socket/origin-check.ts';

const API = 'abc.execute-api.eu-central-1.amazonaws.com';

test.each([
  ['a page of the address that it came by', { Origin: 'https://d1.cloudfront.net', 'X-Viewer-Host': 'd1.cloudfront.net' }],
  ['a page of an address with a port', { origin: 'http://localhost:8000', 'x-viewer-host': 'localhost:8000' }],
  ['a page whose address was typed in capitals', { origin: 'http://localhost:8000', 'x-viewer-host': 'LOCALHOST:8000' }],
  ['a program, which names no origin', { 'x-viewer-host': 'd1.cloudfront.net' }],
  ['a program that came to the API itself', {}],
  ['a page of the API itself', { Origin: `https://${API}` }],
])('%s is let in', (_, headers) => expect(isOwnPageOrProgram(headers, API)).toBe(true));

test.each([
  ['a page of another site', { Origin: 'https://evil.example', 'x-viewer-host': 'd1.cloudfront.net' }],
  ['a page of a name below ours', { origin: 'https://evil.d1.cloudfront.net', 'x-viewer-host': 'd1.cloudfront.net' }],
  ['a page of a name that begins with ours', { origin: 'https://d1.cloudfront.net.evil.example', 'x-viewer-host': 'd1.cloudfront.net' }],
  ['a page of another port', { origin: 'http://localhost:3000', 'x-viewer-host': 'localhost:8000' }],
  ['a page without an address, such as a file', { origin: 'null', 'x-viewer-host': 'localhost:8000' }],
  ['what is no address', { origin: 'd1.cloudfront.net', 'x-viewer-host': 'd1.cloudfront.net' }],
  ['an origin that says nothing', { origin: '', 'x-viewer-host': 'd1.cloudfront.net' }],
  ['a page of another site that leaves the edge out', { Origin: 'https://evil.example' }],
  ['one of our own pages that leaves the edge out', { Origin: 'https://d1.cloudfront.net' }],
])('%s is refused', (_, headers) => expect(isOwnPageOrProgram(headers, API)).toBe(false));
