export function missingPackages(options: {
  kafka: boolean;
  browser: boolean;
  toolsDir: string;
  environment?: NodeJS.ProcessEnv;
}): readonly (readonly string[])[];
