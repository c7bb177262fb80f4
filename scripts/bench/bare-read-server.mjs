// Baseline of the read path: node:http and pg, one document by id with the API's own SQL; no access check, no limit,
// no log. PORT is the first argument, ORGANIZATION_ID the second, DATABASE_URL the database.
import http from 'node:http';
import { documentColumns, joinCreator } from '@repo/database/repositories/document-record';
import { Pool } from 'pg';

const [port, organizationId] = process.argv.slice(2);
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 8 });
const text = `SELECT ${documentColumns} FROM document d ${joinCreator} WHERE d.id = $1 AND d.organization_id = $2`;

http
  .createServer((request, response) => {
    const id = request.url.slice(request.url.lastIndexOf('/') + 1);
    pool.query({ name: 'find-document', text, values: [id, organizationId] }).then(
      ({ rows: [row] }) => response.setHeader('content-type', 'application/json').end(JSON.stringify(row)),
      () => response.writeHead(500).end(),
    );
  })
  .listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
