// Questions to the installation's database, asked with its own psql, inside its container, as the product's own role.
import { spawn } from 'node:child_process';
import { listContainers } from './engine.mjs';

/** A text as SQL literal. */
export const quote = (text) => `'${String(text).replaceAll("'", "''")}'`;

/**
 * @param {{ project: string, service?: string }} installation
 * @returns {Promise<{ rows(sql: string): Promise<object[]>, run(sql: string): Promise<void> }>} `rows` of one SELECT
 */
export async function openDatabase({ project, service = 'postgres' }) {
  const [container] = await listContainers({ project, service });
  if (!container) throw new Error(`the project ${project} runs no service ${service}`);
  const psql = (sql) => askPsql(container.id, sql);
  return {
    async rows(sql) {
      const text = await psql(`SELECT coalesce(json_agg(answer), '[]') FROM (${sql}) AS answer`);
      return JSON.parse(text);
    },
    run: async (sql) => void (await psql(sql)),
  };
}

function askPsql(container, sql) {
  const options = '--no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1';
  const command = `exec psql ${options} "$(cat /run/secrets/database_url)"`;
  return new Promise((resolve, reject) => {
    const child = spawn('docker', ['exec', '--interactive', container, 'sh', '-c', command], { stdio: ['pipe', 'pipe', 'pipe'] });
    let [answer, words] = ['', ''];
    child.stdout.on('data', (chunk) => (answer += chunk));
    child.stderr.on('data', (chunk) => (words += chunk));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(answer.trim()) : reject(new Error(`psql ended with ${code}: ${words.trim()}`))));
    child.stdin.end(sql);
  });
}
