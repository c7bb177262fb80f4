import type { DescribedFragment, DescribedVariable } from './describe-env.js';

const header = `# Generated from packages/config/src/fragments. Copy to .env and fill in what has no value.
# A line that is commented out shows the default or is not needed. Any secret NAME may come from a file: NAME_FILE=/path.
# Make a secret: node -p "require('node:crypto').randomBytes(32).toString('base64url')"
`;

/** The text of `.env.example` for a developer's machine. */
export function renderEnvExample(fragments: readonly DescribedFragment[]): string {
  const sections = fragments
    .filter(({ variables }) => variables.length > 0)
    .map(({ title, variables }) => `# ${title}\n\n${variables.map(renderVariable).join('\n\n')}`);
  return `${header}\n${sections.join('\n\n\n')}\n`;
}

function renderVariable(variable: DescribedVariable): string {
  const need = variable.matrix.development;
  const value = need.need === 'default' ? need.text : (variable.example ?? '');
  const notes = [
    variable.secret ? 'secret' : '',
    variable.minLength ? `at least ${variable.minLength} characters` : '',
    variable.values ? `one of ${variable.values.join(', ')}` : '',
    need.need === 'conditional' ? `needed when ${need.when}` : '',
  ]
    .filter((note) => note !== '')
    .join('; ');
  const comment = notes === '' ? `# ${variable.description}` : `# ${variable.description} (${notes})`;
  const assignment = `${variable.name}=${quote(variable.example && need.need === 'default' ? variable.example : value)}`;
  return `${comment}\n${need.need === 'required' || variable.name === 'NODE_ENV' ? assignment : `# ${assignment}`}`;
}

function quote(value: string): string {
  return /[\s#"'<>]/.test(value) ? JSON.stringify(value) : value;
}
