// Some libraries name their whole ecosystem as optional peers; because the workspace has those packages,
// a production install of the API would carry Next, Prisma's CLI and vitest. Here they are told apart.
const unwantedPeers = {
  'better-auth': ['next', 'prisma', 'vitest', 'react', 'react-dom', 'vue', 'svelte', 'solid-js'],
  '@better-auth/prisma-adapter': ['prisma'],
  '@prisma/client': ['prisma', 'typescript'],
};

function readPackage(manifest) {
  for (const peer of unwantedPeers[manifest.name] ?? []) {
    delete manifest.peerDependencies?.[peer];
    delete manifest.peerDependenciesMeta?.[peer];
  }
  return manifest;
}

export const hooks = { readPackage };
