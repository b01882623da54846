import { continuations } from '../header.ts';
import { comments, type Maker } from './maker.ts';

export const envoy: Maker = {
  conf: (input) => {
    const { restriction, headers } = input;
    const cluster = (host: string) => host.replace(/\W/g, '_');
    const route = (host: string) => `                  - name: ${cluster(host)}
                    domains: ["${host}", "${host}:443"]
                    request_headers_to_remove: [${continuations(restriction)
                      .filter((name) => !headers.some((one) => one.name === name))
                      .join(', ')}]
                    request_headers_to_add:
${headers
  .map(
    ({ name, value }) => `                      - header: { key: ${name}, value: "${value}" }
                        append_action: OVERWRITE_IF_EXISTS_OR_ADD`,
  )
  .join('\n')}
                    routes:
                      - match: { prefix: "/" }
                        route: { cluster: ${cluster(host)}, timeout: 0s }
`;
    return `${comments(input)}static_resources:
  listeners:
    - name: claude
      address: { socket_address: { address: <listen address>, port_value: 443 } }
      filter_chains:
        - transport_socket:
            name: envoy.transport_sockets.tls
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
              common_tls_context:
                alpn_protocols: [h2, http/1.1]
                tls_certificates:
                  - certificate_chain: { filename: <certificate for Claude's names, PEM> }
                    private_key: { filename: <its key, PEM> }
          filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: claude
                upgrade_configs: [{ upgrade_type: websocket }]
                route_config:
                  # Only Claude's names have a host here; any other is answered with 404.
                  virtual_hosts:
${restriction.hosts.map(route).join('')}                http_filters:
                  - name: envoy.filters.http.router
                    typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router }
  clusters:
${restriction.hosts
  .map(
    (host) => `    - name: ${cluster(host)}
      type: STRICT_DNS
      typed_dns_resolver_config:
        name: envoy.network.dns_resolver.cares
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig
          resolvers: [{ socket_address: { address: <public resolver>, port_value: 53 } }]
      load_assignment:
        cluster_name: ${cluster(host)}
        endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: ${host}, port_value: 443 } } } }] }]
      transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          sni: ${host}
          common_tls_context:
            validation_context:
              trusted_ca: { filename: <certificates of public authorities, PEM> }
              match_typed_subject_alt_names: [{ san_type: DNS, matcher: { exact: ${host} } }]
`,
  )
  .join('')}`;
  },
};
