# API, worker and migrator in one image, told apart by the command. Build from the root of the repository:
#   docker build -f docker/app.Dockerfile --build-arg APP_VERSION=1.2.3 -t app:1.2.3 .
# Behind a private registry: --build-arg NPM_CONFIG_REGISTRY=…; behind a private CA: --secret id=ca,src=ca.pem

FROM node:24-trixie-slim AS toolchain
ARG NPM_CONFIG_REGISTRY
ENV CI=true TURBO_TELEMETRY_DISABLED=1 NEXT_TELEMETRY_DISABLED=1
# Any existing file keeps Prisma's generator from downloading an engine that it does not need.
ENV PRISMA_SCHEMA_ENGINE_BINARY=/usr/local/bin/node
WORKDIR /repo
COPY package.json ./
RUN --mount=type=secret,id=ca,target=/run/ca.pem \
    if [ -f /run/ca.pem ]; then export NODE_EXTRA_CA_CERTS=/run/ca.pem; fi; \
    npm install --global --no-fund --no-audit "$(node --print 'require("./package.json").packageManager')" \
 && pnpm config set --global store-dir /pnpm/store

# Only what these programs are made of, manifests apart from sources: dependencies are installed again only when they change.
FROM toolchain AS pruned
COPY . .
RUN --mount=type=secret,id=ca,target=/run/ca.pem --mount=type=cache,id=pnpm,target=/pnpm/store \
    if [ -f /run/ca.pem ]; then export NODE_EXTRA_CA_CERTS=/run/ca.pem; fi; \
    pnpm install --frozen-lockfile --filter @repo/container-image \
 && packages/container-image/node_modules/.bin/turbo prune @repo/api @repo/worker @repo/container-image --docker \
 && cp .pnpmfile.mjs out/json/

FROM toolchain AS built
COPY --from=pruned /repo/out/json/ ./
RUN --mount=type=secret,id=ca,target=/run/ca.pem --mount=type=cache,id=pnpm,target=/pnpm/store \
    if [ -f /run/ca.pem ]; then export NODE_EXTRA_CA_CERTS=/run/ca.pem; fi; \
    pnpm install --frozen-lockfile --filter-prod '@repo/api...' --filter-prod '@repo/worker...' --filter @repo/container-image
COPY --from=pruned /repo/out/full/ ./
RUN pnpm --filter-prod '@repo/api...' --filter-prod '@repo/worker...' run build \
 && node packages/container-image/bin/trace-files.mjs . /image

FROM node:24-trixie-slim
ARG APP_VERSION=dev
ARG APP_REVISION=unknown
LABEL org.opencontainers.image.title="app" \
      org.opencontainers.image.description="API, worker and migrator" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${APP_VERSION}" \
      org.opencontainers.image.revision="${APP_REVISION}"
ENV NODE_ENV=production APP_VERSION=${APP_VERSION}
WORKDIR /app
COPY --from=built /image/ ./
COPY docker/answers-ok /usr/local/bin/
USER node
EXPOSE 4000 9464 9465
CMD ["node", "--enable-source-maps", "apps/api/dist/main.js"]
