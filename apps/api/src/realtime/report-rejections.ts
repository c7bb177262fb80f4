import type { Redis } from 'ioredis';

/**
 * The same connection for a library that drops the promises of its commands: the Socket.IO adapter does, and one
 * command that fails while Redis is away, or while this process closes, would end the process. Failures go to `report`.
 */
export function reportRejections(redis: Redis, report: (reason: unknown) => void): Redis {
  return new Proxy(redis, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]): unknown => {
        const result: unknown = Reflect.apply(member, target, parameters);
        if (result instanceof Promise) result.catch(report);
        return result;
      };
    },
  });
}
