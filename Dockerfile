# riskpipe and Node, nothing else: no shell, no package manager, nothing that its user may write to.
#   docker build --tag riskpipe:0.1.0 .
#   docker run --read-only --cap-drop ALL -v ./config.yaml:/etc/riskpipe/config.yaml:ro -v state:/var/lib/riskpipe ... riskpipe:0.1.0
FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci --ignore-scripts
COPY scripts ./scripts
COPY src ./src
RUN npm run build && find dist -name '*.map' -delete && rm -r dist/types dist/detection.js && npm prune --omit=dev --ignore-scripts

FROM gcr.io/distroless/nodejs22-debian12:nonroot
WORKDIR /opt/riskpipe
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY pipelines ./pipelines
COPY LICENSE ./
USER 65532:65532
ENTRYPOINT ["/nodejs/bin/node", "/opt/riskpipe/dist/main.js"]
CMD ["--config", "/etc/riskpipe/config.yaml"]
