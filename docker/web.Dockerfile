# The web app, with its static files pre-compressed. Nothing of an environment is built in: one image serves them all.
#   docker build -f docker/web.Dockerfile --build-arg APP_VERSION=1.2.3 -t web:1.2.3 .
# Behind a private registry: --build-arg NPM_CONFIG_REGISTRY=…; behind a private CA: --secret id=ca,src=ca.pem

FROM node:24-trixie-slim AS toolchain
ARG NPM_CONFIG_REGISTRY
ENV CI=true TURBO_TELEMETRY_DISABLED=1 NEXT_TELEMETRY_DISABLED=1
WORKDIR /repo
COPY package.json ./
RUN --mount=type=secret,id=ca,target=/run/ca.pem \
    if [ -f /run/ca.pem ]; then export NODE_EXTRA_CA_CERTS=/run/ca.pem; fi; \
    npm install --global --no-fund --no-audit "$(node --print 'require("./package.json").packageManager')" \
 && pnpm config set --global store-dir /pnpm/store

# Only what this program is made of, manifests apart from sources: dependencies are installed again only when they change.
FROM toolchain AS pruned
COPY . .
RUN --mount=type=secret,id=ca,target=/run/ca.pem --mount=type=cache,id=pnpm,target=/pnpm/store \
    if [ -f /run/ca.pem ]; then export NODE_EXTRA_CA_CERTS=/run/ca.pem; fi; \
    pnpm install --frozen-lockfile --filter @repo/container-image \
 && packages/container-image/node_modules/.bin/turbo prune @repo/web @repo/container-image --docker \
 && cp .pnpmfile.mjs out/json/

FROM toolchain AS built
COPY --from=pruned /repo/out/json/ ./
RUN --mount=type=secret,id=ca,target=/run/ca.pem --mount=type=cache,id=pnpm,target=/pnpm/store \
    if [ -f /run/ca.pem ]; then export NODE_EXTRA_CA_CERTS=/run/ca.pem; fi; \
    pnpm install --frozen-lockfile --filter-prod '@repo/web...' --filter @repo/container-image
COPY --from=pruned /repo/out/full/ ./
# The release tells the assets of two builds apart (Next's deployment id), so it is the one thing that is built in.
ARG APP_VERSION=dev
RUN --mount=type=cache,id=next,target=/repo/apps/web/.next/cache \
    pnpm --filter-prod '@repo/web...' run build \
 && node packages/container-image/bin/compress-static.mjs apps/web/.next/standalone/apps/web/.next/static

FROM node:24-trixie-slim
ARG APP_VERSION=dev
ARG APP_REVISION=unknown
LABEL org.opencontainers.image.title="web" \
      org.opencontainers.image.description="Web application" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${APP_VERSION}" \
      org.opencontainers.image.revision="${APP_REVISION}"
# Longer than the proxy keeps an idle connection, so that no request meets one that is just being closed.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000 KEEP_ALIVE_TIMEOUT=125000 APP_VERSION=${APP_VERSION}
WORKDIR /app
COPY --from=built /repo/apps/web/.next/standalone/ ./
COPY --from=built /repo/packages/container-image/bin/publish-assets.mjs ./
COPY docker/answers-ok /usr/local/bin/
USER node
EXPOSE 3000
CMD ["node", "apps/web/server.js"]
