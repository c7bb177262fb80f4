import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@repo/logging';

/** Nest's own words in our log; what it says while it starts well is nobody's news. */
export function nestLogger(logger: Logger): LoggerService {
  const say =
    (level: 'debug' | 'warn' | 'error') =>
    (message: unknown, ...details: unknown[]) => {
      const error = [message, ...details].find((detail) => detail instanceof Error);
      logger[level](`nest: ${String(message)}`, error ? { error } : {});
    };
  return { log: () => {}, debug: () => {}, verbose: () => {}, warn: say('warn'), error: say('error'), fatal: say('error') };
}
