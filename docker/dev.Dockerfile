# `pnpm dev` in a container (docker/compose.dev.yaml): the sources and everything that builds them. Never deployed.
FROM node:24-trixie-slim
ARG NPM_CONFIG_REGISTRY
ENV TURBO_TELEMETRY_DISABLED=1 NEXT_TELEMETRY_DISABLED=1
WORKDIR /repo
RUN mkdir /home/node/data && chown node:node /repo /home/node/data
COPY --chown=node:node . .
USER node
# As the scripts do it themselves, so that they find it done when the container starts.
RUN --mount=type=secret,id=ca,target=/run/ca.pem,uid=1000 \
    if [ -f /run/ca.pem ]; then export NODE_EXTRA_CA_CERTS=/run/ca.pem; fi; \
    node --input-type=module --eval "const toolchain = await import('/repo/scripts/toolchain.mjs'); await toolchain.ensureToolchain(toolchain.stepPrinter())"
CMD ["node", "scripts/dev.mjs"]
