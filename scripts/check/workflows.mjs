// What CI runs cannot be changed behind our back, and gets no more rights than it needs.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../toolchain.mjs';

const folder = path.join(root, '.github', 'workflows');

/** Each rule answers what is wrong with the text of a workflow. */
const rules = [
  (text) =>
    [...text.matchAll(/^\s*-?\s*uses:\s*(\S+)/gm)]
      .map(([, action]) => action)
      .filter((action) => !action.startsWith('./') && !/@[0-9a-f]{40}$/.test(action))
      .map((action) => `uses ${action}: name the commit by its 40 characters, a tag can be moved`),
  (text) => (/^permissions: \{\}$/m.test(text) ? [] : ['has no "permissions: {}": each job asks for what it needs']),
  (text) => (/pull_request_target/.test(text) ? ["runs strangers' code with our secrets (pull_request_target)"] : []),
  (text) => (/StrictHostKeyChecking[= ]+(no|accept-new)/i.test(text) ? ['takes any key for that of the host'] : []),
  // An expression is pasted into the script before the shell sees it: a branch called `$(…)` would run.
  (text) =>
    scriptsIn(text)
      .filter((script) => script.includes('${{'))
      .map(() => 'pastes an expression into a script: pass it by env'),
  (text) =>
    [...text.matchAll(/actions\/checkout@\S+\n(?!\s+with:\n\s+persist-credentials: false)/g)].map(
      () => 'checks out without persist-credentials: false',
    ),
];

/** The shell scripts of a workflow: `run:` with its line, or with the lines that are indented deeper. */
function scriptsIn(text) {
  return [...text.matchAll(/^( *)(?:- )?run: (?:\|\n((?:\1 +.*\n|\n)+)|(.+))$/gm)].map(([, , block, line]) => block ?? line);
}

const faults = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith('.yml'))
  .flatMap((file) => {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    return rules.flatMap((faultsOf) => faultsOf(text)).map((fault) => `.github/workflows/${file} ${fault}`);
  });
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
