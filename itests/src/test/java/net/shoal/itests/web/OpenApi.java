package net.shoal.itests.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The OpenAPI document of the node, and whether an answer is what it says. Knows as much of JSON Schema as the document uses. */
record OpenApi(JsonNode document) {
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete");
    private static final Set<String> KNOWN = Set.of(
            "$ref",
            "type",
            "description",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "anyOf",
            "pattern",
            "examples",
            "default",
            "minimum",
            "maximum",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties",
            "format",
            "const");

    /** One method on one path. */
    record Operation(String method, String path, JsonNode node) {
        @Override
        public String toString() {
            return method + " " + path;
        }

        boolean changes() {
            return !method.equals("GET") && !method.equals("HEAD");
        }
    }

    List<Operation> operations() {
        var all = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(each -> {
                    if (METHODS.contains(each.getKey())) {
                        all.add(new Operation(
                                each.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), each.getValue()));
                    }
                }));
        return all;
    }

    Operation operation(String method, String path) {
        return operations().stream()
                .filter(each -> each.method().equals(method) && each.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + method + " " + path + " in the document"));
    }

    /** What is wrong with an answer; nothing if it is as described. */
    List<String> complaints(Operation operation, int status, Optional<String> contentType, JsonNode body) {
        var response = resolve(operation.node().path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            return List.of(operation + " answers " + status + ", which is not described: " + body);
        }
        var content = response.path("content");
        if (content.isMissingNode() || content.isEmpty()) {
            return List.of();
        }
        var type = contentType.orElse("").split(";", 2)[0].strip();
        var media = content.has(type) ? content.path(type) : content.path("*/*");
        if (media.isMissingNode()) {
            return List.of(operation + " answers with '" + type + "', which is not described");
        }
        var sins = new ArrayList<String>();
        if (type.equals("application/json")) {
            check(media.path("schema"), body, operation.toString(), sins);
        }
        return sins;
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** Checks a value against a schema of the document. */
    void check(JsonNode schema, JsonNode value, String where, List<String> sins) {
        var rule = resolve(schema);
        rule.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                sins.add("the document uses " + name + ", which this test does not know");
            }
        });
        if (rule.has("anyOf")) {
            anyOf(rule.path("anyOf"), value, where, sins);
            return;
        }
        if (rule.has("type") && !isOf(rule.path("type"), value)) {
            sins.add(where + " is " + value.getNodeType() + ", not " + rule.path("type") + ": " + value);
            return;
        }
        if (rule.has("enum") && !contains(rule.path("enum"), value)) {
            sins.add(where + " is " + value + ", none of " + rule.path("enum"));
        }
        if (rule.has("pattern")
                && value.isTextual()
                && !value.asText().matches(".*" + rule.path("pattern").asText() + ".*")) {
            sins.add(where + " is " + value + ", not of the form " + rule.path("pattern"));
        }
        if (value.isObject()) {
            members(rule, value, where, sins);
        }
        if (value.isArray() && rule.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(rule.path("items"), value.get(i), where + "[" + i + "]", sins);
            }
        }
    }

    private void anyOf(JsonNode choices, JsonNode value, String where, List<String> sins) {
        var last = new ArrayList<String>();
        for (var choice : choices) {
            var these = new ArrayList<String>();
            check(choice, value, where, these);
            if (these.isEmpty()) {
                return;
            }
            last = these;
        }
        sins.addAll(last);
    }

    private void members(JsonNode rule, JsonNode value, String where, List<String> sins) {
        for (var needed : rule.path("required")) {
            if (!value.has(needed.asText())) {
                sins.add(where + " lacks " + needed.asText());
            }
        }
        var more = rule.path("additionalProperties");
        value.properties().forEach(member -> {
            var known = rule.path("properties").path(member.getKey());
            var inside = where + "." + member.getKey();
            if (!known.isMissingNode()) {
                check(known, member.getValue(), inside, sins);
            } else if (more.isObject()) {
                check(more, member.getValue(), inside, sins);
            } else if (more.isBoolean() && !more.asBoolean()) {
                sins.add(inside + " is not described");
            }
        });
    }

    private static boolean isOf(JsonNode types, JsonNode value) {
        if (!types.isArray()) {
            return isOf(types.asText(), value);
        }
        for (var type : types) {
            if (isOf(type.asText(), value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (var each : values) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
