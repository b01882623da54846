/** Input of Squid's ICAP configuration. */
export interface SquidCheck {
  /** URL of the ICAP service: `icap://host:1344/path`. */
  readonly address: string;
  /** Claude's hosts, including subdomains. */
  readonly hosts: readonly string[];
  /** Whether requests pass while the service does not answer. */
  readonly passesWhenDown: boolean;
}

/**
 * Lines for the squid.conf of a proxy that decrypts traffic to Claude, so that each request is checked before it is
 * sent.
 */
export function squidLines({ address, hosts, passesWhenDown }: SquidCheck): string {
  const names = hosts
    .map((host) => `.${host}`)
    .filter((host, _, all) => !all.some((one) => host !== one && host.endsWith(one)));
  return `# Content check by Bylaw, asked about each request to Claude (ICAP)
icap_enable on
icap_preview_enable on
icap_preview_size 4096
icap_persistent_connections on
adaptation_send_client_ip on
adaptation_send_username on
icap_connect_timeout 2 seconds
icap_io_timeout 20 seconds
icap_service_failure_limit 10 in 30 seconds
icap_service_revival_delay 30
# bypass=on: a request passes while Bylaw does not answer. bypass=off: it is refused.
icap_service bylaw reqmod_precache ${address} bypass=${passesWhenDown ? 'on' : 'off'} on-overload=${passesWhenDown ? 'bypass' : 'wait'} max-conn=100
acl to_claude dstdomain ${names.join(' ')}
adaptation_access bylaw allow to_claude
adaptation_access bylaw deny all
`;
}
