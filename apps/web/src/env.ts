import 'server-only';
import { appFragments, type EnvValues, loadEnv } from '@repo/config';

type WebEnv = EnvValues<typeof appFragments.web>;

let loaded: WebEnv | undefined;

/** The variables of the web app. Read on first use, so that a build needs none; the boot reads them and stops on faults. */
export function env(): WebEnv {
  loaded ??= loadEnv(process.env, ...appFragments.web);
  return loaded;
}
