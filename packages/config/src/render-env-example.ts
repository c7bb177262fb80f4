import type { DescribedFragment, DescribedVariable } from './describe-env.js';

const header = `# Generated from packages/config/src/fragments. Copy to .env and fill in what has no value.
# A line that is commented out shows the default or is not needed. Any secret NAME may come from a file: NAME_FILE=/path.
# Make a secret: node -p "require('node:crypto').randomBytes(32).toString('base64url')"
`;

/** The text of `.env.example`: what a developer's machine needs, and in comments what else there is. */
export function renderEnvExample(fragments: readonly DescribedFragment[]): string {
  const all = new Map(fragments.flatMap(({ variables }) => variables.map((variable) => [variable.name, valueOf(variable)])));
  const sections = fragments
    .filter(({ variables }) => variables.length > 0)
    .map(({ title, variables }) => `# ${title}\n\n${variables.map((variable) => renderVariable(variable, all)).join('\n\n')}`);
  return `${header}\n${sections.join('\n\n\n')}\n`;
}

function renderVariable(variable: DescribedVariable, all: ReadonlyMap<string, string>): string {
  const notes = notesOf(variable);
  const comment = notes.length === 0 ? `# ${variable.description}` : `# ${variable.description} (${notes.join('; ')})`;
  const assignment = `${variable.name}=${quote(valueOf(variable))}`;
  return `${comment}\n${isNeeded(variable, all) ? assignment : `# ${assignment}`}`;
}

function valueOf({ matrix, example = '' }: DescribedVariable): string {
  return matrix.development.need === 'default' ? matrix.development.text : example;
}

function isNeeded({ name, matrix }: DescribedVariable, all: ReadonlyMap<string, string>): boolean {
  const { development } = matrix;
  if (development.need === 'conditional') return all.get(development.when.variable) === development.when.is;
  // Without NODE_ENV a machine counts as production, so a developer has to say it.
  return development.need === 'required' || name === 'NODE_ENV';
}

function notesOf({ secret, minLength, values, matrix }: DescribedVariable): string[] {
  const { development } = matrix;
  const notes = [
    secret ? 'secret' : '',
    minLength === undefined ? '' : `at least ${minLength} characters`,
    values ? `one of ${values.join(', ')}` : '',
    development.need === 'conditional' ? `needed when ${development.when.variable}=${development.when.is}` : '',
  ];
  return notes.filter((note) => note !== '');
}

function quote(value: string): string {
  return /[\s#"'<>]/.test(value) ? JSON.stringify(value) : value;
}
