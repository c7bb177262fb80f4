import type { DescribedFragment, DescribedVariable, Need } from './describe-env.js';

const intro = `# Configuration

Generated from \`packages/config/src/fragments\` by \`pnpm generate\`; do not edit.

Every app reads its variables once, at boot, and reports everything that is wrong at the same time. **required**: the app does
not boot without it. A value in the table is the default of that environment. Without \`NODE_ENV\` the column *production* holds.
Durations are written \`250ms\`, \`5s\`, \`15m\`, \`12h\`, \`30d\`; sizes \`512B\`, \`10KB\`, \`25MB\`, \`1GB\` (1 KB = 1024 bytes); lists with commas.

A secret 🔒 may come from a file: \`NAME_FILE=/run/secrets/name\`. In production a secret that is short, made of repeated
characters, well known or the published example is refused, as is such a password inside a URL. Secrets are never printed.
`;

/** The text of `docs/configuration.md`. */
export function renderConfigurationDoc(fragments: readonly DescribedFragment[]): string {
  return `${intro}\n${fragments
    .filter(({ variables }) => variables.length > 0)
    .map(renderFragment)
    .join('\n')}`;
}

function renderFragment({ title, variables }: DescribedFragment): string {
  const rows = variables.map((variable) => `| ${cells(variable).map(escapeCell).join(' | ')} |`);
  return `## ${title}\n\n| variable | type | development | test | production | read by | what for |\n| --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function cells(variable: DescribedVariable): string[] {
  const { development, test, production } = variable.matrix;
  return [
    `\`${variable.name}\`${variable.secret ? ' 🔒' : ''}`,
    typeText(variable),
    ...[development, test, production].map(needText),
    variable.apps.join(', '),
    variable.description + (variable.example === undefined ? '' : ` Example: \`${variable.example}\``),
  ];
}

function typeText({ type, values, minLength }: DescribedVariable): string {
  if (values) return values.map((value) => `\`${value}\``).join(' or ');
  return minLength === undefined ? type : `${type}, ≥ ${minLength} characters`;
}

function needText(need: Need): string {
  if (need.need === 'required') return '**required**';
  if (need.need === 'conditional') return `required when \`${need.when.variable}=${need.when.is}\``;
  return need.need === 'optional' || need.text === '' ? '–' : `\`${need.text}\``;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}
