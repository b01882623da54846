/** Microsoft clouds, each of which issues its own tokens. */
export const CLOUDS = ['global', 'gcc_high', 'dod', 'china'] as const;
export type Cloud = (typeof CLOUDS)[number];

/** Hosts of a cloud for sign-in and for Graph. */
export interface CloudHosts {
  readonly login: string;
  readonly graph: string;
}

/** learn.microsoft.com/graph/deployments and …/entra/identity-platform/authentication-national-cloud, read 2026-11-24. */
const HOSTS: Readonly<Record<Cloud, CloudHosts>> = {
  global: { login: 'login.microsoftonline.com', graph: 'graph.microsoft.com' },
  gcc_high: { login: 'login.microsoftonline.us', graph: 'graph.microsoft.us' },
  dod: { login: 'login.microsoftonline.us', graph: 'dod-graph.microsoft.us' },
  china: { login: 'login.chinacloudapi.cn', graph: 'microsoftgraph.chinacloudapi.cn' },
};

export function hostsOf(cloud: Cloud): CloudHosts {
  return HOSTS[cloud];
}
