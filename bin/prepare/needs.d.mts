export function missingPackages(options: {
  kafka: boolean;
  tests: boolean;
  toolsDir: string;
  environment?: NodeJS.ProcessEnv;
}): readonly (readonly string[])[];
