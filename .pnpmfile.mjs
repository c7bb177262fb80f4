// Some libraries name their whole ecosystem as optional peers; because the workspace has those packages,
// a production install of the API would carry Next, Prisma's CLI and vitest. Here they are told apart.
const unwantedPeers = {
  'better-auth': ['next', 'prisma', 'vitest', 'react', 'react-dom', 'vue', 'svelte', 'solid-js'],
  '@better-auth/prisma-adapter': ['prisma'],
  '@prisma/client': ['prisma', 'typescript'],
};

// pdfjs-dist draws with it; here PDFs are only read, and it weighs 30 MB.
const unwantedOptional = { 'pdfjs-dist': ['@napi-rs/canvas'] };

function readPackage(manifest) {
  for (const name of unwantedOptional[manifest.name] ?? []) delete manifest.optionalDependencies?.[name];
  for (const peer of unwantedPeers[manifest.name] ?? []) {
    delete manifest.peerDependencies?.[peer];
    delete manifest.peerDependenciesMeta?.[peer];
  }
  return manifest;
}

export const hooks = { readPackage };
