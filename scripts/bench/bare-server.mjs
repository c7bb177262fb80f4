// Baseline of the cold start: node:http and pg, nothing else. PORT is the first argument, DATABASE_URL the database.
import http from 'node:http';
import { Pool } from 'pg';

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 8 });
http
  .createServer((request, response) => {
    pool.query('SELECT 1').then(
      () => response.end('ok'),
      () => response.writeHead(503).end(),
    );
  })
  .listen(Number(process.argv[2]), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
