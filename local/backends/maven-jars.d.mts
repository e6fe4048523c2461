export function fetchJars(options: {
  readonly title: string;
  readonly pom: string;
  readonly folder: string;
  readonly maven: string;
  readonly environment?: NodeJS.ProcessEnv;
}): Promise<void>;
