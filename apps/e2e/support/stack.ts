import { readFileSync } from 'node:fs';

/** What `npm start` (or the composed stack) wrote when it was ready. */
export interface Stack {
  url: string;
  /** The demo login. */
  email: string;
  password: string;
  /** The mail catcher's page and REST API. */
  mailUrl: string;
}

/** @throws when E2E_STACK_FILE names no file: start the product first, or run `npm test -- e2e`. */
export function readStack(): Stack {
  const file = process.env.E2E_STACK_FILE;
  if (!file) throw new Error('E2E_STACK_FILE names the ready.json of a running product. `npm test -- e2e` starts one.');
  return JSON.parse(readFileSync(file, 'utf8')) as Stack;
}
