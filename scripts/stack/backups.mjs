// An installation with a target, a key and documents, and what tests ask about its backups.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../toolchain.mjs';
import { fill, openBackedUpInstallation } from './backed-up-installation.mjs';

export const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim();

/** The image that the scripts of this checkout use; another checkout on this machine may have built a newer one. */
export const backupImage = () =>
  execFileSync('bash', ['-c', 'source scripts/backing-up/tasks.bash; provide_image >&2; echo "$BACKUP_IMAGE"'], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  }).trim();

/** That image with something else in it, for the length of a test; answers its name. */
export function deriveBackupImage(name, lines) {
  const image = `t-backup-${name}-${randomBytes(3).toString('hex')}:1`;
  const input = [`FROM ${backupImage()}`, 'USER root', ...lines, 'USER 1000:1000', ''].join('\n');
  execFileSync('docker', ['build', '--quiet', '--tag', image, '-'], { input });
  onTestFinished(() => void docker('image', 'rm', '--force', image));
  return image;
}

/** Where the image has its program. */
export const library = '/usr/local/lib/backup';

/** The name that a backup of this time has. */
export const idOf = (time) => new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** @param {{ name: string, documents: number, passages: number }} options */
export async function openBackups({ name, documents, passages }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'backups-'));
  const keyFile = path.join(folder, 'key.txt');
  const settings = { BACKUP_TARGET: path.join(folder, 'sets') };
  const installation = await openBackedUpInstallation({ name, settings });
  await installation.must('backup', '--new-key', keyFile);
  settings.BACKUP_AGE_RECIPIENTS = /public key: (age1\w+)/.exec(fs.readFileSync(keyFile, 'utf8'))[1];
  installation.set(settings);
  await fill(installation, { documents, passages });
  return {
    ...describeSets(installation, path.join(settings.BACKUP_TARGET, 'localhost')),
    folder,
    keyFile,
    settings,
    installation,
    /** Runs a drill. */
    drill: (...args) => installation.script('restore-drill', '--identity', keyFile, ...args),
    /** Other lines of production.env for the length of a test. */
    setForNow(more) {
      installation.set({ ...settings, ...more });
      onTestFinished(() => installation.set(settings));
    },
    async close() {
      await installation.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function describeSets(installation, sets) {
  const inBackups = (file) => fs.readFileSync(path.join(installation.directory, 'backups', file), 'utf8');
  const list = async () => (await installation.must('backup', '--list')).trim().split('\n').slice(1);
  return {
    /** The folder of the sets, where the target is a directory. */
    sets,
    /** One line a set: name, state, bytes. */
    list,
    goodSets: async () => (await list()).filter((line) => / good /.test(line)).map((line) => line.split(' ')[0]),
    manifestOf: (id) => JSON.parse(fs.readFileSync(path.join(sets, id, 'manifest.json'), 'utf8')),
    lastSuccess: () => JSON.parse(inBackups('last-success.json')),
    metric: (name) => Number(new RegExp(`^${name}{.*} (.*)$`, 'm').exec(inBackups('backup.prom'))?.[1]),
    /** Writes another manifest into a set, with the checksum that belongs to it. */
    writeManifest(id, manifest) {
      const text = JSON.stringify(manifest);
      fs.writeFileSync(path.join(sets, id, 'manifest.json'), text);
      fs.writeFileSync(path.join(sets, id, 'manifest.sha256'), `${createHash('sha256').update(text).digest('hex')}  manifest.json\n`);
    },
    /** Makes a set of another time out of one that is there. */
    copySet(id, time) {
      const other = idOf(time);
      fs.cpSync(path.join(sets, id), path.join(sets, other), { recursive: true });
      this.writeManifest(other, { ...this.manifestOf(id), id: other });
      execFileSync('chown', ['-R', '1000:1000', path.join(sets, other)]);
      return other;
    },
    /** Changes a file of a set for the length of a test. */
    damage(id, part, change) {
      const file = path.join(sets, id, part);
      const before = fs.readFileSync(file);
      fs.writeFileSync(file, change(Buffer.from(before)));
      onTestFinished(() => fs.writeFileSync(file, before));
    },
  };
}
