// The yardstick for readers of JSON: simdjson's on-demand interface over a file of lines.
//   simdjson MODE FILE PASSES
// MODE: "lines" finds line ends only; "fields" compares the three fields of the seed detection, giving up at the first
// that differs; "paths" reads thirteen paths of every line. Prints its passes as JSON. The first stage of parsing is by the
// best instructions that the processor has, or by those that SIMDJSON_FORCE_IMPLEMENTATION names.
#include <fcntl.h>
#include <simdjson.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

namespace {

constexpr size_t piece = 1 << 20;
constexpr size_t longest = 16 << 20;

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         1e-6 * double(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

// Calls `take` with every line and the bytes that may be read from its start on; the sum of what it returns.
template <class Take>
size_t each_line(const char *path, std::vector<char> &buffer, Take take) {
  int file = open(path, O_RDONLY);
  if (file < 0) {
    perror(path);
    exit(1);
  }
  size_t carried = 0, sum = 0;
  for (ssize_t got; (got = read(file, buffer.data() + carried, piece)) > 0;) {
    char *from = buffer.data(), *end = from + carried + got;
    for (void *found; (found = memchr(from, '\n', size_t(end - from))) != nullptr;) {
      char *newline = static_cast<char *>(found);
      sum += take(from, size_t(newline - from), size_t(buffer.data() + buffer.size() - from));
      from = newline + 1;
    }
    carried = size_t(end - from);
    memmove(buffer.data(), from, carried);
    if (carried > longest) exit(2);
  }
  close(file);
  return sum;
}

bool is_hit(ondemand::parser &parser, padded_string_view line) {
  ondemand::document event;
  std::string_view text;
  if (parser.iterate(line).get(event)) return false;
  if (event.find_field_unordered("verb").get_string().get(text) || text != "create") return false;
  if (event.find_field_unordered("objectRef")["resource"].get_string().get(text) || text != "events") return false;
  if (event.find_field_unordered("requestObject")["message"].get_string().get(text)) return false;
  return text.substr(0, 13) == "Pulling image";
}

size_t length_of(ondemand::value value) {
  std::string_view text;
  return value.get_string().get(text) ? 0 : text.size();
}

bool is_one_of(ondemand::raw_json_string key, std::initializer_list<const char *> names) {
  for (const char *name : names)
    if (key == name) return true;
  return false;
}

size_t length_within(ondemand::value value, std::initializer_list<const char *> names) {
  ondemand::object object;
  if (value.get_object().get(object)) return 0;
  size_t sum = 0;
  for (auto entry : object) {
    ondemand::field field;
    if (std::move(entry).get(field)) break;
    if (is_one_of(field.key(), names)) sum += length_of(field.value());
  }
  return sum;
}

size_t status_code(ondemand::value value) {
  ondemand::object object;
  int64_t code = 0;
  if (value.get_object().get(object) || object.find_field_unordered("code").get_int64().get(code)) return 0;
  return size_t(code);
}

// In the order of the document, each key looked at once: the fastest way through it.
size_t read_paths(ondemand::parser &parser, padded_string_view line) {
  ondemand::document event;
  ondemand::object object;
  if (parser.iterate(line).get(event) || event.get_object().get(object)) return 0;
  size_t sum = 0;
  for (auto entry : object) {
    ondemand::field field;
    if (std::move(entry).get(field)) break;
    ondemand::raw_json_string key = field.key();
    if (is_one_of(key, {"level", "stage", "verb", "requestURI", "userAgent", "auditID"}))
      sum += length_of(field.value());
    else if (key == "user")
      sum += length_within(field.value(), {"username"});
    else if (key == "objectRef")
      sum += length_within(field.value(), {"resource", "subresource", "namespace", "name"});
    else if (key == "responseStatus")
      sum += status_code(field.value());
    else if (key == "requestObject")
      sum += length_within(field.value(), {"message"});
  }
  return sum;
}

size_t pass_over(const std::string &mode, const char *path, std::vector<char> &buffer, ondemand::parser &parser) {
  if (mode == "lines") return each_line(path, buffer, [](char *, size_t, size_t) { return size_t(1); });
  if (mode == "fields")
    return each_line(path, buffer, [&](char *line, size_t length, size_t readable) {
      return size_t(is_hit(parser, padded_string_view(line, length, readable)));
    });
  return each_line(path, buffer, [&](char *line, size_t length, size_t readable) {
    return read_paths(parser, padded_string_view(line, length, readable));
  });
}

}  // namespace

int main(int count, char **arguments) {
  if (count != 4) {
    fprintf(stderr, "usage: %s lines|fields|paths FILE PASSES\n", arguments[0]);
    return 2;
  }
  std::vector<char> buffer(longest + piece + SIMDJSON_PADDING);
  ondemand::parser parser;
  printf("[");
  for (int pass = 0; pass < atoi(arguments[3]); pass++) {
    double start = now(), used = cpu();
    size_t hits = pass_over(arguments[1], arguments[2], buffer, parser);
    printf("%s{\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"hits\":%zu}", pass == 0 ? "" : ",", now() - start, cpu() - used,
           hits);
  }
  printf("]\n");
}
