import { variable } from '../variable.js';

/** One definition for both ends: the API checks it, the web server sends it. */
export const internalSecret = variable.text({
  description: "Proves to the API that a request comes from the web server, which may then name the visitor's address.",
  secret: true,
  minLength: 32,
});
