import { organizationRoom, type RealtimeEventName, type RealtimeEvents } from '@repo/contracts/realtime';
import type { Redis } from '@repo/redis';
import { Emitter } from '@socket.io/redis-emitter';

export interface RealtimePublisher {
  /** Sends an event to everyone of the organization who is connected. Never throws: a lost event costs a reload, no more. */
  publish<Name extends RealtimeEventName>(organizationId: string, name: Name, payload: RealtimeEvents[Name]): void;
}

export interface RealtimePublisherOptions {
  /** A fail-fast connection to the Redis that the API's Socket.IO adapter listens to. */
  redis: Redis;
  /** Called for every event that could not be handed to Redis. */
  onError?: (error: Error) => void;
}

type EmittedEvents = { [Name in RealtimeEventName]: (payload: RealtimeEvents[Name]) => void };

/** Publishes to sockets from any process: the API's Socket.IO servers pick the events up from Redis. */
export function createRealtimePublisher({ redis, onError }: RealtimePublisherOptions): RealtimePublisher {
  const report = (reason: unknown): void => onError?.(reason instanceof Error ? reason : new Error(String(reason)));
  // The emitter drops the promise of PUBLISH; when Redis is away its rejection would end the process.
  const client = { publish: (channel: string, message: string | Buffer) => void redis.publish(channel, message).catch(report) };
  const emitter = new Emitter<EmittedEvents>(client);
  return {
    publish(organizationId, name, payload) {
      try {
        emitter.to(organizationRoom(organizationId)).emit(name, ...([payload] as Parameters<EmittedEvents[typeof name]>));
      } catch (error) {
        report(error);
      }
    },
  };
}
