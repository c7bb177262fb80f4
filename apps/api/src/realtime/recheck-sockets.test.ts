import { AppError } from '@repo/errors';
import { describe, expect, it, vi } from 'vitest';
import type { Caller } from '../platform/principal.js';
import type { RealtimeSocket } from './realtime-server.js';
import { recheckSockets } from './recheck-sockets.js';

const logger = { info: vi.fn<() => void>(), warn: vi.fn<() => void>() };

function listeningSocket(organizationId: string) {
  const rooms = new Set([`organization:${organizationId}`]);
  const disconnect = vi.fn<(close: boolean) => void>();
  const socket = {
    handshake: { headers: { cookie: 'session=1' } },
    data: { userId: 'user', sessionId: 'session', organizationId },
    join: (room: string) => void rooms.add(room),
    leave: (room: string) => void rooms.delete(room),
    disconnect,
  } as unknown as RealtimeSocket;
  return { socket, rooms, disconnect };
}

const person = (organizationId: string | null): Caller => ({
  kind: 'user',
  userId: 'user',
  sessionId: 'session',
  organization: organizationId === null ? null : { id: organizationId, key: 1, role: 'member' },
});

describe('recheckSockets', () => {
  it('leaves a socket alone whose session and membership still hold', async () => {
    const { socket, rooms, disconnect } = listeningSocket('a');
    await recheckSockets({ authenticate: async () => person('a'), logger }, [socket]);
    expect([...rooms]).toEqual(['organization:a']);
    expect(disconnect).not.toHaveBeenCalled();
  });

  it.each([
    ['the session was revoked', null],
    ['the membership was removed', person(null)],
  ])('ends a socket when %s', async (_, caller) => {
    const { socket, disconnect } = listeningSocket('a');
    await recheckSockets({ authenticate: async () => caller, logger }, [socket]);
    expect(disconnect).toHaveBeenCalledWith(true);
  });

  it('moves a socket to the organization that its session acts in now', async () => {
    const { socket, rooms } = listeningSocket('a');
    await recheckSockets({ authenticate: async () => person('b'), logger }, [socket]);
    expect([...rooms]).toEqual(['organization:b']);
    expect(socket.data.organizationId).toBe('b');
  });

  it('keeps sockets while the database does not answer, and still checks the others', async () => {
    const kept = listeningSocket('a');
    const revoked = listeningSocket('a');
    const authenticate = vi
      .fn<() => Promise<Caller | null>>()
      .mockRejectedValueOnce(new AppError('database.unavailable'))
      .mockResolvedValueOnce(null);
    await recheckSockets({ authenticate, logger }, [kept.socket, revoked.socket]);
    expect(kept.disconnect).not.toHaveBeenCalled();
    expect(revoked.disconnect).toHaveBeenCalledOnce();
  });

  it('checks several at a time, never more than four', async () => {
    let [running, most] = [0, 0];
    const authenticate = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
      return person('a');
    };
    await recheckSockets(
      { authenticate, logger },
      Array.from({ length: 20 }, () => listeningSocket('a').socket),
    );
    expect(most).toBe(4);
  });
});
