import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';

/** How text becomes vectors. */
export const embeddingsEnv = defineEnv('Embeddings', {
  EMBEDDINGS_PROVIDER: variable.choice(['hashing', 'openai'], {
    description: 'A deterministic local method, or the OpenAI API.',
    default: 'hashing',
  }),
  OPENAI_API_KEY: variable.text({
    description: 'The key of an OpenAI account.',
    secret: true,
    requiredWhen: { variable: 'EMBEDDINGS_PROVIDER', is: 'openai' },
  }),
  OPENAI_BASE_URL: variable.url({ description: 'Another service with the same API.', protocols: ['http', 'https'], optional: true }),
});
