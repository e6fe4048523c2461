// In the place of the JSON Schema validator of the Kafka client, which compiles some fifty schemas whenever it is loaded: 0.3 s of a cold
// start. They check the client's options, only where `strict` is on; here the compiler has checked them.
class Ajv2020 {
  addKeyword() {}

  compile() {
    return () => {
      throw new Error('Validation was left out of the bundle: give the Kafka client `strict: false`, or see lib/bundling');
    };
  }
}

module.exports = { Ajv2020 };
