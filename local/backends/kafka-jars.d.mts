export const KAFKA_VERSION: string;
export function kafkaJarsFolder(toolsDir: string): string;
export function kafkaJarsFetched(toolsDir: string): boolean;
export function fetchKafkaJars(options: { toolsDir: string; maven: string; environment?: NodeJS.ProcessEnv }): Promise<void>;
