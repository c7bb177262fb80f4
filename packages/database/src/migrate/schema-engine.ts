import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { DatabaseError, type Pool } from 'pg';
import { isTransactional } from './migration-files.js';

export type SchemaEngine = glue.SchemaEngine;

/**
 * Prisma's schema engine as WebAssembly: no native binary, which Prisma would download at install time and which a
 * closed network or a read-only container does not get. It uses the pool when it first needs the database.
 */
export async function loadSchemaEngine(pool: Pool): Promise<SchemaEngine> {
  await (compiling ??= compileEngine());
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(pool));
  return glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
}

/** The glue knows one instance only: a second would pull the memory from under the first. */
let compiling: Promise<void> | undefined;

async function compileEngine(): Promise<void> {
  const glueFile = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const { instance } = await WebAssembly.instantiate(readFileSync(join(dirname(glueFile), 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': glue,
  });
  const { __wbg_set_wasm: connectGlue } = glue;
  const { __wbindgen_start: start } = instance.exports as { __wbindgen_start: () => void };
  connectGlue(instance.exports);
  start();
}

/**
 * Prisma's adapter cuts a script at every semicolon and commits piece by piece: function bodies break, and a failure
 * leaves half a migration behind. Sent whole, PostgreSQL runs it as one transaction.
 */
class WholeScripts extends PrismaPg {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const whole: Pick<SqlDriverAdapter, 'executeScript'> = { executeScript: (script) => this.#run(script) };
    return Object.assign(adapter, whole);
  }

  async #run(script: string): Promise<void> {
    try {
      await this.#pool.query(isOwnTransaction(script) ? `${script}\n;${markAsDone}` : script);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      const { code = 'N/A', severity = 'ERROR', message, detail, column, hint } = error;
      const cause = { kind: 'postgres', code, severity, detail, column, hint, message: withLine(message, script, error.position) } as const;
      throw new DriverAdapterError({ ...cause, originalCode: code, originalMessage: message });
    }
  }
}

/** The engine's own scripts make its table; only a migration has a row in it that waits to be marked. */
function isOwnTransaction(script: string): boolean {
  return !/CREATE TABLE "?_prisma_migrations/i.test(script) && isTransactional({ name: '', sql: script });
}

/** Commits with the script: whatever happens to the migrator afterwards, the history knows whether it was applied. */
const markAsDone = `
UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE finished_at IS NULL AND rolled_back_at IS NULL`;

function withLine(message: string, script: string, position: string | undefined): string {
  if (position === undefined) return message;
  const line = script.slice(0, Number(position)).split('\n').length;
  return `${message} (line ${line} of migration.sql)`;
}
