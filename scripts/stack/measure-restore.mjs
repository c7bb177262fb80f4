// How long a backup and a drill take, by the size of the database: node scripts/stack/measure-restore.mjs <documents> <passages of each>
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { account, fill, openBackedUpInstallation } from './backed-up-installation.mjs';

const [documents, passages] = process.argv.slice(2).map(Number);
if (!documents || !passages) {
  console.error('How many documents, and how many passages of each? For example: 1200 10');
  process.exit(2);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'measure-restore-'));
const keyFile = path.join(folder, 'key.txt');
const settings = { BACKUP_TARGET: path.join(folder, 'sets') };
const installation = await openBackedUpInstallation({ name: 'measure', settings });
try {
  await installation.must('backup', '--new-key', keyFile);
  const recipient = /public key: (age1\w+)/.exec(fs.readFileSync(keyFile, 'utf8'))[1];
  installation.set({ BACKUP_AGE_RECIPIENTS: recipient });
  await fill(installation, { documents, passages });
  Object.assign(installation.env, { DRILL_EMAIL: account.email, DRILL_PASSWORD: account.password });
  await installation.must('backup');
  const taken = JSON.parse(fs.readFileSync(path.join(installation.directory, 'backups/last-success.json'), 'utf8'));
  const report = path.join(folder, 'report.json');
  await installation.must('restore-drill', '--identity', keyFile, '--report', report);
  const drill = JSON.parse(fs.readFileSync(report, 'utf8'));
  const megabytes = (bytes) => Math.round(bytes / 1e5) / 10;
  console.log(
    JSON.stringify({
      databaseMegabytes: megabytes(drill.databaseBytes),
      rows: drill.rows,
      uploadedFiles: taken.uploads.files,
      setMegabytes: megabytes(taken.parts.reduce((sum, { bytes }) => sum + bytes, 0)),
      backupSeconds: taken.seconds,
      drillMinutes: drill.minutes,
      drillSeconds: drill.seconds,
    }),
  );
} finally {
  await installation.close();
  fs.rmSync(folder, { recursive: true, force: true });
}
