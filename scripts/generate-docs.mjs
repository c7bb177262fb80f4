// Writes what the code knows best: .env.example, and the configuration, errors and limits in docs/. With --check it writes
// nothing and fails when one of them is stale.
import fs from 'node:fs';
import path from 'node:path';
import { renderLimits } from './stack/limits.mjs';
import { root, runScript, UserError } from './toolchain.mjs';

const help = `node scripts/generate-docs.mjs           write .env.example and docs/{configuration,errors,limits}.md
node scripts/generate-docs.mjs --check   fail when one of them is not what it would write`;

async function importBuilt(name, load) {
  try {
    return await load();
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UserError(`${name} is not built. Run: pnpm --filter ${name}... build`);
  }
}

/** The text of docs/errors.md: every code that the API answers with, by its first word. */
function renderErrors({ errorCatalogue, errorKinds, httpStatusOf }) {
  const groups = Map.groupBy(Object.entries(errorCatalogue), ([code]) => code.split('.')[0]);
  const codes = [...groups].map(([group, entries]) => {
    const rows = entries.map(([code, { kind, publicMessage }]) => `| \`${code}\` | ${httpStatusOf(code)} | ${kind} | ${publicMessage} |`);
    return `### ${group}\n\n| code | HTTP | kind | what the reader is told |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  const kinds = Object.entries(errorKinds).map(
    ([kind, { httpStatus, nextMove, workerAction, logLevel }]) =>
      `| ${kind} | ${httpStatus} | ${nextMove} | ${workerAction} | ${logLevel} |`,
  );
  return `# Errors

Generated from \`packages/errors/src\` by \`pnpm generate\`; do not edit.

Every failure is answered as \`application/problem+json\` (RFC 9457) with a stable \`code\` and the \`requestId\` to quote to
support. Programs should look at \`code\`, people at \`detail\`; \`issues\` names the fields that were refused.

## Kinds

A kind says whose move it is. A code may have a more exact HTTP status than its kind.

| kind | HTTP | the reader's next move | a job then | logged as |
| --- | --- | --- | --- | --- |
${kinds.join('\n')}

## Codes

${codes.join('\n')}`;
}

async function renderAll() {
  const [config, errors] = await Promise.all([
    importBuilt('@repo/config', () => import('@repo/config')),
    importBuilt('@repo/errors', () => import('@repo/errors')),
  ]);
  const fragments = config.describeEnv(config.appFragments);
  return {
    '.env.example': config.renderEnvExample(fragments),
    'docs/configuration.md': config.renderConfigurationDoc(fragments),
    'docs/errors.md': renderErrors(errors),
    'docs/limits.md': renderLimits(),
  };
}

await runScript(async () => {
  if (process.argv.includes('--help')) return console.log(help);
  const files = Object.entries(await renderAll());
  const stale = files.filter(([file, text]) => {
    const target = path.join(root, file);
    return !fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== text;
  });
  if (process.argv.includes('--check')) {
    if (stale.length === 0) return;
    throw new UserError(`Stale: ${stale.map(([file]) => file).join(', ')}. Run: pnpm generate`);
  }
  for (const [file, text] of stale) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
    console.log(`wrote ${file}`);
  }
});
