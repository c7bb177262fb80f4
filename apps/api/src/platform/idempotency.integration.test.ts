import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestApp, type TestApp } from '../testing/create-test-app.js';
import { holdTable } from '../testing/hold-table.js';
import { join, type Person } from '../testing/test-people.js';

let app: TestApp;
let owner: Person;
beforeAll(async () => {
  app = await createTestApp();
  owner = await app.person();
}, 60_000);
afterAll(() => app?.stop());

const create = (person: Person, key: string, name: string) =>
  person.client('/api/v1/api-keys', { json: { name }, headers: { 'idempotency-key': key } });

async function countKeys(name: string): Promise<number> {
  return app.dependencies.database.prisma.apikey.count({ where: { name } });
}

describe('Idempotency-Key', () => {
  it('the same request again gets the same answer and does nothing', async () => {
    const key = randomUUID();
    const first = await create(owner, key, 'once');
    const second = await create(owner, key, 'once');
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect({ status: second.status, text: second.text }).toEqual({ status: 201, text: first.text });
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await countKeys('once')).toBe(1);
  });

  it('another request under the key is 422', async () => {
    const key = randomUUID();
    await create(owner, key, 'original');
    expect((await create(owner, key, 'changed')).body).toMatchObject({ status: 422, code: 'request.idempotency_key_reused' });
    expect(await countKeys('changed')).toBe(0);
  });

  it('of many at once exactly one works; the others wait or get its answer', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(owner, key, 'together')));
    expect(await countKeys('together')).toBe(1);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    expect(answers.filter(({ status, headers }) => status === 201 && !headers.has('idempotency-replayed'))).toHaveLength(1);
  });

  it('a key of somebody else is another key', async () => {
    const admin = await app.person({ organization: null });
    await join(owner, admin, 'admin');
    const key = randomUUID();
    await create(owner, key, 'hers');
    const other = await create(admin, key, 'his');
    expect(other.status).toBe(201);
    expect(other.headers.get('idempotency-replayed')).toBeNull();
  });

  it('a refusal is not kept: the same request is judged anew, and may go well', async () => {
    const key = randomUUID();
    const { prisma } = app.dependencies.database;
    const { body } = await owner.client('/api/v1/documents', { json: { title: 'Text', text: 'Some words.' } });
    const { id } = body['document'] as { id: string };
    const reprocess = () => owner.client(`/api/v1/documents/${id}/reprocess`, { method: 'POST', headers: { 'idempotency-key': key } });
    const away = owner.organizationId ?? '';
    const other = await app.person();
    await prisma.document.update({ where: { id }, data: { organizationId: other.organizationId ?? '', status: 'ready' } });
    expect((await reprocess()).status).toBe(404);
    await prisma.document.update({ where: { id }, data: { organizationId: away } });
    const again = await reprocess();
    expect({ status: again.status, replayed: again.headers.get('idempotency-replayed') }).toEqual({ status: 202, replayed: null });
    expect((await reprocess()).headers.get('idempotency-replayed')).toBe('true');
  });

  const write = (key: string, title: string) =>
    owner.client('/api/v1/documents', { json: { title, text: 'Some words.' }, headers: { 'idempotency-key': key } });
  const countDocuments = (title: string) => app.dependencies.database.prisma.document.count({ where: { title } });

  it('what was committed before the request failed is answered, not done again', async () => {
    const key = randomUUID();
    const publish = vi.spyOn(app.dependencies.realtime, 'publish').mockImplementationOnce(() => {
      throw new Error('the process ends here');
    });
    expect((await write(key, 'Committed')).status).toBe(500);
    publish.mockRestore();
    const again = await write(key, 'Committed');
    expect({ status: again.status, replayed: again.headers.get('idempotency-replayed') }).toEqual({ status: 202, replayed: 'true' });
    expect(await countDocuments('Committed')).toBe(1);
  });

  it('a request that is slower than its lock leaves nothing behind when another has taken over', async () => {
    const key = randomUUID();
    const outbox = await holdTable(app.dependencies.env.DATABASE_URL, 'outbox_event');
    const slow = write(key, 'Slow');
    await outbox.untilWaiting(1);
    await app.dependencies.database.prisma.idempotencyKey.updateMany({ where: { key }, data: { lockedUntil: new Date(0) } });
    const second = write(key, 'Slow');
    await outbox.untilWaiting(2);
    await outbox.release();
    expect([(await slow).status, (await second).status]).toEqual([409, 202]);
    expect(await countDocuments('Slow')).toBe(1);
  });

  it('an upload address is given again while it works; afterwards the same request gets a new one', async () => {
    const key = randomUUID();
    const json = { filename: 'a.txt', contentType: 'text/plain', sizeBytes: 3 };
    const upload = () => owner.client('/api/v1/documents', { json, headers: { 'idempotency-key': key } });
    const first = await upload();
    expect(first.status, first.text).toBe(201);
    const { expiresAt } = first.body['upload'] as { expiresAt: string };
    const { idempotencyKey } = app.dependencies.database.prisma;
    expect(await idempotencyKey.findFirst({ where: { key } })).toMatchObject({ expiresAt: new Date(expiresAt) });
    expect((await upload()).text).toBe(first.text);
    await idempotencyKey.updateMany({ where: { key }, data: { expiresAt: new Date() } });
    const second = await upload();
    expect(second.headers.get('idempotency-replayed')).toBeNull();
    expect((second.body['document'] as { id: string }).id).not.toBe((first.body['document'] as { id: string }).id);
  });

  it('our own failure is not kept: the next try works', async () => {
    const key = randomUUID();
    const { prisma } = app.dependencies.database;
    await prisma.$executeRawUnsafe('ALTER TABLE apikey RENAME TO apikey_away');
    expect((await create(owner, key, 'second try')).status).toBe(500);
    await prisma.$executeRawUnsafe('ALTER TABLE apikey_away RENAME TO apikey');
    expect((await create(owner, key, 'second try')).status).toBe(201);
  });

  it('a request that was refused for its fields leaves the key free', async () => {
    const key = randomUUID();
    expect((await create(owner, key, '')).status).toBe(400);
    expect((await create(owner, key, 'now right')).status).toBe(201);
  });

  it.each(['x'.repeat(256), 'with space', 'ümlaut'.normalize('NFC')])('%s is not a key', async (key) => {
    expect((await create(owner, Buffer.from(key).toString('latin1'), 'x')).body).toMatchObject({
      status: 400,
      code: 'request.idempotency_key_invalid',
    });
  });

  it('what is shown once is not readable in the database', async () => {
    const { body } = await create(owner, randomUUID(), 'sealed');
    const stored = await app.dependencies.database.prisma.idempotencyKey.findMany();
    expect(stored.length).toBeGreaterThan(0);
    expect(JSON.stringify(stored)).not.toContain(String(body['key']));
  });
});
